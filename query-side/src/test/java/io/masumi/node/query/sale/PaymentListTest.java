package io.masumi.node.query.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.payment.PaymentEvent.FundsOrDatumFoundInvalid;
import io.masumi.node.query.EventLog;
import io.masumi.node.query.QuerySide;
import io.masumi.node.query.Sale;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.WireSchemas;
import io.masumi.node.query.sale.SaleQuery.ListSales;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.Processors;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

@NodeTest(classes = QuerySide.class, properties = QuerySide.ROLE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaymentListTest {

    private static final PaymentSourceRef MAINNET = new PaymentSourceRef("csource0002", Network.Mainnet, PaymentSourceType.Web3CardanoV1,
            "addr1wx7j4kmg2cs7yf92uat3ed4a3u97kr7axxr4avaz0lhwdsq87ujx7", "ad6424e3ce9e47bbd8364984bd731b41de591f1d11f6d7d43d0da9b9");
    private static final PaymentSourceRef LATER_VERSION = new PaymentSourceRef("csource0003", Network.Preprod,
            PaymentSourceType.Web3CardanoV2, "addr_test1later", null);

    private static final Sale FIRST = Sale.number(1).of("50%_off \\ agent").costing(Funds.lovelace(1_234_567));
    private static final Sale LOCKED = Sale.number(2).of("50 percent agent");
    private static final Sale SUBMITTED = Sale.number(3);
    private static final Sale WITHDRAWN = Sale.number(4);
    private static final Sale INVALID = Sale.number(5);
    private static final Sale OTHER_OWNER = Sale.number(6).by("ckey0other");
    private static final Sale ON_MAINNET = Sale.number(7).at(MAINNET);
    private static final Sale AT_LATER_VERSION = Sale.number(8).at(LATER_VERSION);
    private static final List<Sale> ON_PREPROD = List.of(AT_LATER_VERSION, OTHER_OWNER, INVALID, WITHDRAWN, SUBMITTED, LOCKED, FIRST);

    @Autowired
    private EventLog log;
    @Autowired
    private MutableClock clock;
    @Autowired
    private Processors processors;
    @Autowired
    private QueryGateway queries;

    @BeforeAll
    void sell() {
        happened(FIRST, 1);
        happened(LOCKED, 2);
        happened(SUBMITTED, 5);
        happened(WITHDRAWN, 8);
        happened(INVALID, 1);
        log.happen("Payment", INVALID.paymentId().value(),
                List.of(new FundsOrDatumFoundInvalid(INVALID.paymentId(), INVALID.lock(), List.of("too late"))));
        happened(OTHER_OWNER, 1);
        happened(ON_MAINNET, 1);
        happened(AT_LATER_VERSION, 1);
        processors.awaitCaughtUp("payment-view");
    }

    @Test
    void listsNewestFirst() {
        assertThat(found(new Filter())).isEqualTo(ids(ON_PREPROD));
    }

    @Test
    void listsOneNetworkOrAll() {
        assertThat(found(new Filter().on(Network.Mainnet))).isEqualTo(ids(List.of(ON_MAINNET)));
        assertThat(found(new Filter().on(null))).hasSize(8);
    }

    @Test
    void filtersByContract() {
        assertThat(found(new Filter().at(LATER_VERSION.smartContractAddress()))).isEqualTo(ids(List.of(AT_LATER_VERSION)));
        assertThat(found(new Filter().of(PaymentSourceType.Web3CardanoV2))).isEqualTo(ids(List.of(AT_LATER_VERSION)));
        assertThat(found(new Filter().of(PaymentSourceType.Web3CardanoV1))).hasSize(6);
    }

    @Test
    void filtersByOnChainState() {
        assertThat(found(new Filter().in(OnChainState.FundsLocked))).isEqualTo(ids(List.of(LOCKED)));
        assertThat(found(new Filter().in(OnChainState.ResultSubmitted))).isEqualTo(ids(List.of(SUBMITTED)));
        assertThat(found(new Filter().in(OnChainState.Disputed))).isEmpty();
    }

    @Test
    void filtersWhatWaitsForAnOperator() {
        assertThat(found(new Filter().needingManualAction())).isEqualTo(ids(List.of(INVALID)));
    }

    @Test
    void filtersByOwner() {
        assertThat(found(new Filter().ownedBy("ckey0other"))).isEqualTo(ids(List.of(OTHER_OWNER)));
        assertThat(found(new Filter().ownedBy("ckey0nobody"))).isEmpty();
    }

    @Test
    void searchesWhatTheContractNames() {
        assertThat(found(new Filter().searching(LOCKED.paymentId().value()))).isEqualTo(ids(List.of(LOCKED)));
        assertThat(found(new Filter().searching(SUBMITTED.identifier().value()))).isEqualTo(ids(List.of(SUBMITTED)));
        assertThat(found(new Filter().searching(SUBMITTED.agentIdentifier().toUpperCase(Locale.ROOT)))).hasSize(7);
        assertThat(found(new Filter().searching(Sale.RESULT))).isEqualTo(ids(List.of(WITHDRAWN, SUBMITTED)));
        assertThat(found(new Filter().searching("resultsub"))).isEqualTo(ids(List.of(SUBMITTED)));
        assertThat(found(new Filter().searching(" 1234567 "))).isEqualTo(ids(List.of(FIRST)));
        assertThat(found(new Filter().searching("123456"))).isEmpty();
        assertThat(found(new Filter().searching("percent"))).isEqualTo(ids(List.of(LOCKED)));
        assertThat(found(new Filter().searching("  "))).hasSize(7);
    }

    @Test
    void findsAnIdentifierByItsBeginningOnly() {
        String identifier = LOCKED.identifier().value();

        assertThat(found(new Filter().searching(identifier.substring(0, identifier.length() - 1)))).contains(LOCKED.paymentId().value());
        assertThat(found(new Filter().searching(identifier.substring(1)))).isEmpty();
    }

    @Test
    void searchedTextIsTakenLiterally() {
        assertThat(found(new Filter().searching("50%"))).isEqualTo(ids(List.of(FIRST)));
        assertThat(found(new Filter().searching("%_off \\"))).isEqualTo(ids(List.of(FIRST)));
        assertThat(found(new Filter().searching("%agent%"))).isEmpty();
        assertThat(found(new Filter().searching("50_percent"))).isEmpty();
        assertThat(found(new Filter().searching("' OR true --"))).isEmpty();
    }

    @Test
    void aPageStartsWithTheCursorsRow() {
        assertThat(found(new Filter().from(WITHDRAWN.paymentId().value()).limit(2))).isEqualTo(ids(List.of(WITHDRAWN, SUBMITTED)));
        assertThat(found(new Filter().from(FIRST.paymentId().value()))).isEqualTo(ids(List.of(FIRST)));
    }

    @Test
    void aCursorThatTheFilterLeavesOutIsStillAPlace() {
        assertThat(found(new Filter().from(ON_MAINNET.paymentId().value()).limit(1))).isEqualTo(ids(List.of(OTHER_OWNER)));
    }

    @Test
    void anUnknownCursorGivesAnEmptyPage() {
        assertThat(found(new Filter().from("cnobody"))).isEmpty();
    }

    @Test
    void aLimitIsOneToAHundred() {
        assertThat(found(new Filter().limit(1))).hasSize(1);
        assertThatThrownBy(() -> found(new Filter().limit(0))).hasStackTraceContaining("limit must be 1 to 100, not 0");
        assertThatThrownBy(() -> found(new Filter().limit(101))).hasStackTraceContaining("limit must be 1 to 100, not 101");
    }

    @Test
    void historiesComeWhenAskedFor() {
        WireRecord brief = list(new Filter().in(OnChainState.Withdrawn)).getFirst();
        WireRecord full = list(new Filter().in(OnChainState.Withdrawn).withHistory()).getFirst();

        assertThat(WireSchemas.valid("Payment", brief.json()).at("/TransactionHistory").isNull()).isTrue();
        assertThat(WireSchemas.valid("Payment", full.json()).at("/TransactionHistory")).hasSize(2);
    }

    private void happened(Sale sale, int events) {
        clock.advance(Duration.ofSeconds(1));
        log.happen("Payment", sale.paymentId().value(), sale.payment().subList(0, events));
    }

    private static List<String> ids(List<Sale> sales) {
        return sales.stream().map(sale -> sale.paymentId().value()).toList();
    }

    private List<String> found(Filter filter) {
        return list(filter).stream().map(WireRecord::id).toList();
    }

    private List<WireRecord> list(Filter filter) {
        return queries.query(filter.query(), ResponseTypes.multipleInstancesOf(WireRecord.class)).join();
    }

    /** A list query by what differs from all payments of the Preprod network. */
    private record Filter(ListSales query) {

        Filter() {
            this(new ListSales(SaleKind.Payment, Network.Preprod, 100, null, null, null, null, false, null, false, null));
        }

        Filter on(Network network) {
            return new Filter(new ListSales(SaleKind.Payment, network, query.limit(), query.cursorId(), query.smartContractAddress(),
                    query.onChainState(),
                    query.paymentSourceType(), query.needsManualAction(), query.searchQuery(), query.includeHistory(), query.ownerKeyId()));
        }

        Filter limit(int limit) {
            return new Filter(new ListSales(SaleKind.Payment, query.network(), limit, query.cursorId(), query.smartContractAddress(),
                    query.onChainState(),
                    query.paymentSourceType(), query.needsManualAction(), query.searchQuery(), query.includeHistory(), query.ownerKeyId()));
        }

        Filter from(String cursorId) {
            return new Filter(new ListSales(SaleKind.Payment, query.network(), query.limit(), cursorId, query.smartContractAddress(),
                    query.onChainState(),
                    query.paymentSourceType(), query.needsManualAction(), query.searchQuery(), query.includeHistory(), query.ownerKeyId()));
        }

        Filter at(String address) {
            return new Filter(new ListSales(SaleKind.Payment, query.network(), query.limit(), query.cursorId(), address,
                    query.onChainState(),
                    query.paymentSourceType(), query.needsManualAction(), query.searchQuery(), query.includeHistory(), query.ownerKeyId()));
        }

        Filter in(OnChainState state) {
            return new Filter(new ListSales(SaleKind.Payment, query.network(), query.limit(), query.cursorId(),
                    query.smartContractAddress(), state,
                    query.paymentSourceType(), query.needsManualAction(), query.searchQuery(), query.includeHistory(), query.ownerKeyId()));
        }

        Filter of(PaymentSourceType type) {
            return new Filter(
                    new ListSales(SaleKind.Payment, query.network(), query.limit(), query.cursorId(), query.smartContractAddress(),
                            query.onChainState(), type, query.needsManualAction(), query.searchQuery(), query.includeHistory(),
                            query.ownerKeyId()));
        }

        Filter needingManualAction() {
            return new Filter(
                    new ListSales(SaleKind.Payment, query.network(), query.limit(), query.cursorId(), query.smartContractAddress(),
                            query.onChainState(), query.paymentSourceType(), true, query.searchQuery(), query.includeHistory(),
                            query.ownerKeyId()));
        }

        Filter searching(String text) {
            return new Filter(
                    new ListSales(SaleKind.Payment, query.network(), query.limit(), query.cursorId(), query.smartContractAddress(),
                            query.onChainState(), query.paymentSourceType(), query.needsManualAction(), text, query.includeHistory(),
                            query.ownerKeyId()));
        }

        Filter withHistory() {
            return new Filter(
                    new ListSales(SaleKind.Payment, query.network(), query.limit(), query.cursorId(), query.smartContractAddress(),
                            query.onChainState(), query.paymentSourceType(), query.needsManualAction(), query.searchQuery(), true,
                            query.ownerKeyId()));
        }

        Filter ownedBy(String keyId) {
            return new Filter(new ListSales(SaleKind.Payment, query.network(), query.limit(), query.cursorId(),
                    query.smartContractAddress(),
                    query.onChainState(), query.paymentSourceType(), query.needsManualAction(), query.searchQuery(), query.includeHistory(),
                    keyId));
        }
    }
}
