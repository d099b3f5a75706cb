<?php
// the first of three files that each name the version: a request that sees two versions shows them
echo 'version=@VERSION@ ', "\n";
