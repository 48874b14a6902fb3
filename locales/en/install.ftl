# What a browser shows to whoever adds Laurel to a Slack workspace. { $place } is the
# workspace's name, { $setup } a command as it is typed.

done-title = Laurel is in { $place }
done = It has written to you there. To choose where shoutouts are posted, type { $setup } in Slack. You can close this page.

denied-title = Laurel was not added
denied = Slack says that you decided against it. Nothing was changed.

stale-title = This way in is used up
stale = It serves once, for ten minutes, in the browser that it began in. Nothing was changed.

refused-title = Slack did not confirm it
refused = Slack did not hand over what Laurel needs, so it was not added. Nothing was kept.

rotation-title = This app hands out tokens that run out
rotation = Laurel works with tokens that last. Whoever runs this Laurel can make its Slack app anew, with token rotation left off. Nothing was kept.

later-title = It did not work just now
later = Slack or Laurel did not answer. Please try again in a minute.

again = Begin anew
