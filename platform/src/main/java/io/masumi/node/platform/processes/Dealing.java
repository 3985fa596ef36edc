package io.masumi.node.platform.processes;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Deals out work evenly, in the same way wherever it is asked: each worker gets as much as the others, or one more. Each piece of work has an
 * order of preference of its own among the workers, so that one who comes or goes moves little between the others.
 */
public final class Dealing {

    private Dealing() {}

    /** How many of so many equal parts a worker gets. */
    public static int share(int parts, String work, Collection<String> workers, String worker) {
        int place = preferred(work, workers).indexOf(worker);
        return parts / workers.size() + (place < parts % workers.size() ? 1 : 0);
    }

    /** Who does which work. */
    public static Map<String, String> deal(Collection<String> works, Collection<String> workers) {
        int few = works.size() / workers.size();
        int withOneMore = works.size() % workers.size();
        Map<String, Integer> load = new HashMap<>();
        Map<String, String> dealt = new HashMap<>();
        for (String work : new TreeSet<>(works)) {
            int left = withOneMore;
            String worker = preferred(work, workers).stream()
                    .filter(each -> load.getOrDefault(each, 0) < few || left > 0 && load.getOrDefault(each, 0) == few).findFirst()
                    .orElseThrow();
            if (load.merge(worker, 1, Integer::sum) > few) {
                withOneMore--;
            }
            dealt.put(work, worker);
        }
        return dealt;
    }

    private static List<String> preferred(String work, Collection<String> workers) {
        return workers.stream().sorted(Comparator.comparing((String worker) -> weight(work, worker)).thenComparing(worker -> worker))
                .toList();
    }

    private static UUID weight(String work, String worker) {
        return UUID.nameUUIDFromBytes((work + '\n' + worker).getBytes(StandardCharsets.UTF_8));
    }
}
