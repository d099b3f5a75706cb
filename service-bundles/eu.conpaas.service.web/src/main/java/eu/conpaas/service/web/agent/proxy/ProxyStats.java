package eu.conpaas.service.web.agent.proxy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rates from HAProxy's counters, between one look and the next. */
final class ProxyStats {
    private final String busy;
    private long requests = -1;
    private long errors;
    private long bytes;
    private long at;

    /** @param busy name of the figure that tells how many requests backends are answering */
    ProxyStats(String busy) {
        this.busy = busy;
    }

    synchronized Map<String, Double> sample(List<Map<String, String>> rows) {
        Map<String, Double> figures = new LinkedHashMap<>();
        double queued = 0;
        double weighted = 0;
        double answered = 0;
        for (Map<String, String> row : rows) {
            String proxy = row.get("pxname");
            if (proxy.equals("site") && row.get("svname").equals("FRONTEND")) {
                rates(row, figures);
            } else if (row.get("svname").equals("BACKEND") && !proxy.equals("site")) {
                queued += count(row, "qcur");
                if (proxy.equals(HaproxyFile.BACKEND)) {
                    figures.put(busy, (double) count(row, "scur") - count(row, "qcur"));
                }
                double rate = Math.max(1, count(row, "req_rate") + count(row, "rate"));
                if (count(row, "req_tot") > 0) {
                    weighted += rate * count(row, "ttime");
                    answered += rate;
                }
            }
        }
        figures.put("queued", queued);
        figures.put("response_time", answered == 0 ? 0 : weighted / answered);
        return figures;
    }

    private void rates(Map<String, String> row, Map<String, Double> figures) {
        long now = System.nanoTime();
        long newRequests = count(row, "req_tot");
        long newErrors = count(row, "hrsp_5xx");
        long newBytes = count(row, "bout");
        double seconds = (now - at) / 1e9;
        boolean fresh = requests < 0 || newRequests < requests || seconds <= 0;
        figures.put("request_rate", fresh ? 0 : (newRequests - requests) / seconds);
        figures.put("error_rate", fresh ? 0 : Math.max(0, newErrors - errors) / seconds);
        figures.put("throughput", fresh ? 0 : Math.max(0, newBytes - bytes) / seconds);
        requests = newRequests;
        errors = newErrors;
        bytes = newBytes;
        at = now;
    }

    private static long count(Map<String, String> row, String column) {
        String cell = row.getOrDefault(column, "");
        return cell.isEmpty() ? 0 : Long.parseLong(cell);
    }
}
