-- Writers of the register take turns: the first statement of an act locks this row until the act ends.
insert into meta (name, value) values ('turn', :value) on conflict (name) do update set value = excluded.value
