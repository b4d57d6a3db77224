insert into issued (epoch, person, commitment, generation, replaced) values (?, ?, ?, ?, 0)
