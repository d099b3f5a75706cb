<?php
echo 'version=@VERSION@ version=', require __DIR__ . '/version.php', "\nEND\n";
