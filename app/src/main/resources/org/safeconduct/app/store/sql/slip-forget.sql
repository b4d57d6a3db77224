delete from warning_slip where day <= :day
