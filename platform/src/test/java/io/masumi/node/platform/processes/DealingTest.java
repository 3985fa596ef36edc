package io.masumi.node.platform.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

@Tag("slow")
class DealingTest {

    @Property
    void allPartsAreDealtOutAndNobodyHasTwoMoreThanAnother(@ForAll @IntRange(max = 300) int parts, @ForAll String work,
            @ForAll @NotEmpty @Size(max = 12) Set<String> workers) {
        List<Integer> shares = workers.stream().map(worker -> Dealing.share(parts, work, workers, worker)).toList();

        assertThat(shares.stream().mapToInt(Integer::intValue).sum()).isEqualTo(parts);
        assertThat(Collections.max(shares) - Collections.min(shares)).isLessThanOrEqualTo(1);
    }

    @Property
    void allWorkIsDealtOutEvenlyWhoeverDealsIt(@ForAll @Size(max = 40) Set<String> works,
            @ForAll @NotEmpty @Size(max = 8) Set<String> workers) {
        Map<String, String> dealt = Dealing.deal(works, workers);

        assertThat(dealt.keySet()).isEqualTo(works);
        Map<String, Long> loads = workers.stream()
                .collect(Collectors.toMap(worker -> worker, worker -> dealt.values().stream().filter(worker::equals).count()));
        assertThat(Collections.max(loads.values()) - Collections.min(loads.values())).isLessThanOrEqualTo(1);
        assertThat(Dealing.deal(new TreeSet<>(works).descendingSet(), new TreeSet<>(workers).descendingSet())).isEqualTo(dealt);
    }

    /** Not only those of a worker who leaves, since shares stay even, but not all either. */
    @Property
    void mostWorkStaysWhereItIsWhenAWorkerLeaves(@ForAll @Size(min = 12, max = 60) Set<String> works,
            @ForAll @Size(min = 3, max = 6) Set<String> workers) {
        String leaving = workers.iterator().next();
        Set<String> left = new HashSet<>(workers);
        left.remove(leaving);
        Map<String, String> before = Dealing.deal(works, workers);
        Map<String, String> after = Dealing.deal(works, left);

        long moved = works.stream().filter(work -> !before.get(work).equals(leaving) && !before.get(work).equals(after.get(work))).count();
        assertThat(moved).isLessThanOrEqualTo(works.size() / 2);
    }
}
