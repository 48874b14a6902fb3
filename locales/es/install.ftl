# Lo que muestra el navegador a quien añade Laurel a un espacio de trabajo de Slack.

done-title = Laurel está en { $place }
done = Te ha escrito allí. Para elegir dónde se publican los reconocimientos, escribe { $setup } en Slack. Puedes cerrar esta página.

denied-title = No se ha añadido Laurel
denied = Slack dice que has decidido no hacerlo. No se ha cambiado nada.

stale-title = Este acceso ya no sirve
stale = Sirve una sola vez, durante diez minutos, en el navegador en que empezó. No se ha cambiado nada.

refused-title = Slack no lo ha confirmado
refused = Slack no ha entregado lo que Laurel necesita, así que no se ha añadido. No se ha guardado nada.

rotation-title = Esta app entrega tokens que caducan
rotation = Laurel trabaja con tokens que duran. Quien mantiene este Laurel puede crear de nuevo su app de Slack sin la rotación de tokens. No se ha guardado nada.

later-title = Ahora mismo no ha funcionado
later = Slack o Laurel no han respondido. Inténtalo de nuevo en un minuto.

again = Empezar de nuevo
