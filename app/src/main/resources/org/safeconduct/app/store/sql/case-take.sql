-- Touches no row if the token was used or withdrawn meanwhile: it counts once.
update warning_case set state = 'uploaded', upload = :upload where number = :number and state = 'open'
