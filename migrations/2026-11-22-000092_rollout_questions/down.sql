alter table rollouts drop column asked;
