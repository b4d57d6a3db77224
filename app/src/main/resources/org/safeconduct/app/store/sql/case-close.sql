-- What the venue sent is forgotten with this.
update warning_case set state = :state, upload = null where number = :number and state in ('open', 'uploaded')
