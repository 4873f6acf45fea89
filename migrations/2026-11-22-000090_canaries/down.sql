alter table rollouts drop column canary;
