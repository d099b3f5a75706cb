<?php
// takes ms milliseconds of processor time (5 unless told); unlike fast.php it is not done any sooner for having waited
require 'head.php';
$used = function () {
    $u = getrusage();
    return ($u['ru_utime.tv_sec'] + $u['ru_stime.tv_sec']) * 1e6 + $u['ru_utime.tv_usec'] + $u['ru_stime.tv_usec'];
};
$end = $used() + 1e3 * min(1000, (float) ($_GET['ms'] ?? 5));
for ($hash = ''; $used() < $end;) {
    for ($i = 0; $i < 100; $i++) $hash = md5($hash);
}
require 'foot.php';
