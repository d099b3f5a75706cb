<?php header('Cache-Control: no-store'); ?>
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>ConPaaS sample</title>
<style>body{font:18px/1.5 sans-serif;max-width:40em;margin:4em auto;padding:0 1em}code{background:#8883;padding:.1em .4em;border-radius:.2em}</style></head>
<body>
<h1>It works.</h1>
<p>This page was made by PHP <code><?= PHP_VERSION ?></code> on the node <code><?= htmlspecialchars(gethostname()) ?></code> at <code><?= date('H:i:s') ?></code>.</p>
<p>Add a backend on the page <em>Scaling</em> of the console and load this page again: the nodes take turns.</p>
</body>
</html>
