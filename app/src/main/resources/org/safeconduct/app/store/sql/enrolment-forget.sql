delete from enrolment where scheme = :scheme
