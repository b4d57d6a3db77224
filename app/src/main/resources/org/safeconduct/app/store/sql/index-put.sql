insert into warning_index (authority, file) values (:authority, :file) on conflict (authority) do update set file = excluded.file
