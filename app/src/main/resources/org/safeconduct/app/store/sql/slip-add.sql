insert into warning_slip (hour, code, day) values (:hour, :code, :day) on conflict (hour, code) do nothing
