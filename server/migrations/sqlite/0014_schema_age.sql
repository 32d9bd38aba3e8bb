-- Which programs can work with the tables as they are: those that know at least so many changes. A change that only adds (it
-- expands) leaves the number alone; one that takes away or renames what older programs use (it contracts) raises it.

CREATE TABLE schema_age (
    only_row       INTEGER PRIMARY KEY CHECK (only_row = 1),
    oldest_program INTEGER NOT NULL
) STRICT;

INSERT INTO schema_age (only_row, oldest_program) VALUES (1, 14);
