drop table renames;
