<?php
// front controller: every path that is no file comes here
require 'head.php';
echo 'route=', htmlspecialchars(strtok($_SERVER['REQUEST_URI'], '?')), "\n";
require 'foot.php';
