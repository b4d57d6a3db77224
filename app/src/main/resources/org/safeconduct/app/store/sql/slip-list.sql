select hour, code from warning_slip where day > :day order by hour, code
