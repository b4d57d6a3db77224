select count(distinct person) from enrolment where scheme = :scheme
