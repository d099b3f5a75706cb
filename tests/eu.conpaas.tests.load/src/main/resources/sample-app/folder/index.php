<?php echo "folder index\n";
