drop table secret_inputs;
