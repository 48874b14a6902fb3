# Recordatorios de retos, por mensaje directo.

title = Hoy aún hay tiempo
day = Es el día { $day } de { $of } de { $challenge }, y aún no lo has marcado.
day-asks = Es el día { $day } de { $of } de { $challenge }, y aún no lo has marcado. Se pide: «{ $prompt }»
check-in = Marcar el día
check-in-to = Marcar el día: { $challenge }
no-more = Escríbeme menos
