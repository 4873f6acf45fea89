drop table log_asks;
