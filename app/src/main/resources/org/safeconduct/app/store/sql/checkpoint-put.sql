-- Touches no row if this size was signed with another root.
insert into checkpoint (size, root, note) values (:size, :root, :note)
on conflict (size) do update set note = excluded.note where checkpoint.root = excluded.root
