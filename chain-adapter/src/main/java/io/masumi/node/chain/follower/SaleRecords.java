package io.masumi.node.chain.follower;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseId;

/** Records of sales. @param payments ids of payments. @param purchases ids of purchases */
record SaleRecords(List<String> payments, List<String> purchases) {

    /** Those that observations may concern; whether they exist is another question. */
    static SaleRecords of(List<Observation> observations) {
        return new SaleRecords(observations.stream().map(each -> PaymentId.of(each.identifier()).value()).distinct().toList(),
                observations.stream().map(each -> PurchaseId.of(each.identifier()).value()).distinct().toList());
    }

    /** All of them, each once. */
    static SaleRecords union(Collection<SaleRecords> all) {
        return new SaleRecords(distinct(all.stream().map(SaleRecords::payments)), distinct(all.stream().map(SaleRecords::purchases)));
    }

    private static List<String> distinct(Stream<List<String>> ids) {
        return ids.flatMap(List::stream).distinct().toList();
    }
}
