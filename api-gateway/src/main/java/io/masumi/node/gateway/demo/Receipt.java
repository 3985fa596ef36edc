package io.masumi.node.gateway.demo;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the demo prints: a line for each step as it happens, and one JSON object at the end. */
final class Receipt {

    private static final int LOVELACE_DIGITS = 6;

    private final PrintStream out;
    private final long begun = System.nanoTime();
    private final List<Map<String, Object>> transactions = new ArrayList<>();

    Receipt(PrintStream out) {
        this.out = out;
    }

    /** A step without a transaction of its own. */
    void line(String step, String detail) {
        out.printf(Locale.ROOT, "%6.1f s  %-18s %s%n", seconds(), step, detail);
    }

    /** A step that a transaction did. @param transaction the wire's CurrentTransaction */
    void line(String step, String action, String detail, JsonNode transaction) {
        String hash = transaction.path("txHash").asString();
        BigDecimal fee = new BigDecimal(transaction.path("fees").asString("0")).movePointLeft(LOVELACE_DIGITS);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("action", action);
        entry.put("hash", hash);
        entry.put("fee", fee);
        transactions.add(entry);
        line(step, detail);
        out.printf("%10s%-18s transaction %s, fee %s ADA%n", "", "", hash, fee.toPlainString());
    }

    /** The last line. */
    void total(String state) {
        Map<String, Object> total = new LinkedHashMap<>();
        total.put("state", state);
        total.put("transactions", transactions);
        total.put("seconds", BigDecimal.valueOf(Math.round(seconds() * 10), 1));
        out.println(JsonMapper.shared().writeValueAsString(total));
    }

    private double seconds() {
        return Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
    }
}
