insert into line (position, leaf, line) values (:position, :leaf, :line)
