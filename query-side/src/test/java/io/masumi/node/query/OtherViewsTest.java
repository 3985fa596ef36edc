package io.masumi.node.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyEvent.ApiKeyCreated;
import io.masumi.node.access.ApiKeyEvent.ApiKeyRevoked;
import io.masumi.node.access.ApiKeyEvent.CreditsAllotted;
import io.masumi.node.access.ApiKeyEvent.CreditsChanged;
import io.masumi.node.access.ApiKeyEvent.CreditsClosed;
import io.masumi.node.access.ApiKeyEvent.CreditsRestored;
import io.masumi.node.access.ApiKeyEvent.CreditsSpent;
import io.masumi.node.access.ApiKeyEvent.PermissionsChanged;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.CreditUse;
import io.masumi.node.access.KeyPermissions;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.query.access.ApiKeyQuery.FindApiKey;
import io.masumi.node.query.access.ApiKeyQuery.ListApiKeys;
import io.masumi.node.query.access.ApiKeyView;
import io.masumi.node.query.sale.SaleKind;
import io.masumi.node.query.sale.SaleQuery.ListSales;
import io.masumi.node.query.source.PaymentSourceQuery.FindPaymentSource;
import io.masumi.node.query.source.PaymentSourceQuery.ListPaymentSources;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.query.wallet.HotWalletQuery.FindHotWallet;
import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.PaymentSourceEvent.PaymentSourceCreated;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeployed;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeploymentRequested;
import io.masumi.node.source.ReferenceScript;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.Processors;
import io.masumi.node.wallet.HotWalletEvent.HotWalletAdded;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.WalletType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@NodeTest(classes = QuerySide.class, properties = QuerySide.ROLE)
class OtherViewsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Autowired
    private EventLog log;
    @Autowired
    private MutableClock clock;
    @Autowired
    private Processors processors;
    @Autowired
    private QueryGateway queries;

    @Test
    void aPaymentSource() {
        ContractParameters parameters = new ContractParameters(2, List.of("addr_test1admin1", "addr_test1admin2"), "addr_test1fee", 50,
                420_000);
        PaymentSourceId older = source("addr_test1older", parameters);
        PaymentSourceId newer = source("addr_test1newer", parameters);
        processors.awaitCaughtUp("payment-source-view");

        PaymentSourceView expected = new PaymentSourceView(older, 0, clock.instant().minusSeconds(1), clock.instant().minusSeconds(1),
                Network.Preprod,
                PaymentSourceType.Web3CardanoV1, "addr_test1older", Sale.PREPROD.policyId(), parameters, "http://localhost:1", List.of());
        assertThat(queries.query(new FindPaymentSource(older), ResponseTypes.optionalInstanceOf(PaymentSourceView.class)).join())
                .contains(expected);
        assertThat(list(new ListPaymentSources(10, null), PaymentSourceView.class)).extracting(PaymentSourceView::id)
                .containsExactly(newer, older);
        assertThat(list(new ListPaymentSources(10, older.value()), PaymentSourceView.class)).containsExactly(expected);
        OutputRef output = new OutputRef("ab".repeat(32), 0);
        log.happen("PaymentSource", newer.value(), List.of(
                new ReferenceScriptDeploymentRequested(newer, ContractScript.Escrow, List.of("cwallet"), Requester.NODE),
                new ReferenceScriptDeployed(newer, ContractScript.Escrow, output, null)));
        processors.awaitCaughtUp("payment-source-view");
        assertThat(queries.query(new FindPaymentSource(newer), ResponseTypes.optionalInstanceOf(PaymentSourceView.class)).join())
                .hasValueSatisfying(view -> {
                    assertThat(view.version()).isEqualTo(2);
                    assertThat(view.smartContractAddress()).isEqualTo("addr_test1newer");
                    assertThat(view.referenceScripts()).containsExactly(
                            new ReferenceScript(ContractScript.Escrow, ReferenceScript.Phase.Deployed, output, null));
                });
        assertThat(queries.query(new FindPaymentSource(new PaymentSourceId("cnobody")),
                ResponseTypes.optionalInstanceOf(PaymentSourceView.class)).join()).isEmpty();
    }

    @Test
    void hotWallets() {
        PaymentSourceId here = new PaymentSourceId("csource0here");
        PaymentSourceId there = new PaymentSourceId("csource0there");
        HotWalletId selling = wallet(here, WalletType.Selling, "aa");
        HotWalletId purchasing = wallet(here, WalletType.Purchasing, "bb");
        HotWalletId elsewhere = wallet(there, WalletType.Selling, "aa");
        processors.awaitCaughtUp("hot-wallet-view");

        assertThat(wallets(null, null, null, null)).containsExactly(elsewhere, purchasing, selling);
        assertThat(wallets(here, null, null, null)).containsExactly(purchasing, selling);
        assertThat(wallets(null, WalletType.Selling, null, null)).containsExactly(elsewhere, selling);
        assertThat(wallets(here, null, "aa".repeat(28), null)).containsExactly(selling);
        assertThat(wallets(null, null, null, "addr_test1bb")).containsExactly(purchasing);
        assertThat(queries.query(new FindHotWallet(selling), HotWalletView.class).join()).isEqualTo(new HotWalletView(selling, 0,
                clock.instant().minusSeconds(2), clock.instant().minusSeconds(2), here, Network.Preprod, WalletType.Selling,
                "aa".repeat(28),
                "addr_test1aa", null, "a note"));
    }

    @Test
    void anApiKeyAndWhatItMayStillSpend() {
        ApiKeyId key = ApiKeyId.of("ab".repeat(32));
        KeyPermissions permissions = new KeyPermissions(false, true, false, Set.of(Network.Preprod), true, null);
        log.happenAtOnce("ApiKey", key.value(), List.of(
                new ApiKeyCreated(key, "ab".repeat(32), "mas…1234", permissions, Funds.lovelace(10_000_000), Requester.NODE),
                new CreditsSpent(key, "cpurchase1", Funds.lovelace(4_000_000), null),
                new CreditsSpent(key, "cpurchase2", Funds.lovelace(6_000_000), null),
                new CreditsRestored(key, "cpurchase1", Funds.lovelace(4_000_000), "never locked")));
        processors.awaitCaughtUp("api-key-view");

        assertThat(queries.query(new FindApiKey(key), ApiKeyView.class).join()).isEqualTo(
                new ApiKeyView(key, 3, clock.instant(), "mas…1234", permissions, Funds.lovelace(4_000_000), false));
        assertThat(list(new ListApiKeys(1, null), ApiKeyView.class)).extracting(ApiKeyView::id).containsExactly(key);
    }

    @Test
    void anApiKeyThatWasChanged() {
        ApiKeyId key = ApiKeyId.of("ef".repeat(32));
        KeyPermissions limited = new KeyPermissions(false, true, false, Set.of(Network.Preprod), true, null);
        KeyPermissions readOnly = new KeyPermissions(true, false, false, Set.of(), true, Set.of("cwallet"));
        log.happenAtOnce("ApiKey", key.value(), List.of(
                new ApiKeyCreated(key, "ef".repeat(32), "mas…1234", limited, Funds.lovelace(10_000_000), Requester.NODE),
                new CreditsAllotted(key, "cpurchase1", CreditUse.Purchase, Funds.lovelace(12_000_000), Funds.NONE, 0, null, null, 0, true,
                        "locked", Funds.NONE),
                new CreditsClosed(key, "cpurchase1", Funds.lovelace(9_000_000), 0, Funds.lovelace(1_000_000)),
                new CreditsChanged(key, Funds.lovelace(2_000_000), Funds.NONE, Requester.NODE, Funds.lovelace(3_000_000)),
                new PermissionsChanged(key, readOnly, Requester.NODE)));
        processors.awaitCaughtUp("api-key-view");

        assertThat(queries.query(new FindApiKey(key), ApiKeyView.class).join()).isEqualTo(
                new ApiKeyView(key, 4, clock.instant(), "mas…1234", readOnly, Funds.lovelace(3_000_000), false));
    }

    @Test
    void aRevokedKeyIsHeardOf() {
        ApiKeyId key = ApiKeyId.of("cd".repeat(32));
        log.happen("ApiKey", key.value(),
                List.of(new ApiKeyCreated(key, "cd".repeat(32), "mas…5678", KeyPermissions.admin(), Funds.NONE, Requester.NODE)));
        processors.awaitCaughtUp("api-key-view");

        try (SubscriptionQueryResult<Optional<ApiKeyView>, ApiKeyView> subscription = queries.subscriptionQuery(new FindApiKey(key),
                ResponseTypes.optionalInstanceOf(ApiKeyView.class),
                ResponseTypes.instanceOf(ApiKeyView.class))) {
            assertThat(subscription.initialResult().block(SOON)).hasValueSatisfying(view -> assertThat(view.revoked()).isFalse());
            log.happen("ApiKey", key.value(), List.of(new ApiKeyRevoked(key, Requester.NODE)));

            assertThat(subscription.updates().blockFirst(SOON).revoked()).isTrue();
        }
    }

    @Test
    void purchasesAreListedAsPaymentsAre() {
        Sale mine = Sale.number(1).by("ckey0buyer");
        Sale older = Sale.number(2).by("ckey0buyer");
        Sale others = Sale.number(3).by("ckey0other");
        log.bought(older);
        clock.advance(Duration.ofSeconds(1));
        log.bought(mine);
        log.happen("Purchase", others.purchaseId().value(), others.purchase().subList(0, 2));
        processors.awaitCaughtUp("purchase-view");

        assertThat(purchases(null, null, "ckey0buyer")).containsExactly(mine.purchaseId().value(), older.purchaseId().value());
        assertThat(purchases(older.purchaseId().value(), null, "ckey0buyer")).containsExactly(older.purchaseId().value());
        assertThat(purchases(null, OnChainState.Withdrawn, null)).hasSize(2);
        assertThat(purchases(null, null, "ckey0other")).containsExactly(others.purchaseId().value());
    }

    @Test
    void pagesOfRowsOfOneInstantNeitherRepeatNorMissAny() {
        List<Sale> sales = IntStream.range(100, 117).mapToObj(number -> Sale.number(number).by("ckey0pager")).toList();
        sales.forEach(sale -> log.happen("Purchase", sale.purchaseId().value(), sale.purchase().subList(0, 1)));
        processors.awaitCaughtUp("purchase-view");

        List<String> seen = new ArrayList<>();
        for (List<String> page = page(null); !page.isEmpty(); page = page(page.getLast()).stream().skip(1).toList()) {
            seen.addAll(page);
        }

        assertThat(seen).isEqualTo(sales.stream().map(sale -> sale.purchaseId().value()).sorted(Comparator.reverseOrder()).toList());
    }

    private List<String> page(String cursorId) {
        return list(new ListSales(SaleKind.Purchase, Network.Preprod, 5, cursorId, null, null, null, false, null, false, "ckey0pager"),
                WireRecord.class)
                .stream().map(WireRecord::id).toList();
    }

    private PaymentSourceId source(String address, ContractParameters parameters) {
        clock.advance(Duration.ofSeconds(1));
        PaymentSourceId id = PaymentSourceId.of(Network.Preprod, address);
        log.happen("PaymentSource", id.value(), List.of(new PaymentSourceCreated(id, Network.Preprod, PaymentSourceType.Web3CardanoV1,
                address, Sale.PREPROD.policyId(), parameters, "http://localhost:1", Requester.NODE)));
        return id;
    }

    private HotWalletId wallet(PaymentSourceId source, WalletType type, String key) {
        clock.advance(Duration.ofSeconds(1));
        HotWalletId id = HotWalletId.of(source, key.repeat(28));
        log.happen("HotWallet", id.value(),
                List.of(new HotWalletAdded(id, source, Network.Preprod, type, key.repeat(28), "addr_test1" + key,
                        null, "a note", Requester.NODE)));
        return id;
    }

    private List<HotWalletId> wallets(PaymentSourceId source, WalletType type, String vkey, String address) {
        return list(new ListHotWallets(100, null, source, type, vkey, address), HotWalletView.class).stream().map(HotWalletView::id)
                .toList();
    }

    private List<String> purchases(String cursorId, OnChainState state, String owner) {
        return list(new ListSales(SaleKind.Purchase, Network.Preprod, 10, cursorId, null, state, null, false, null, false, owner),
                WireRecord.class)
                .stream()
                .map(WireRecord::id).toList();
    }

    private <T> List<T> list(Object query, Class<T> type) {
        return queries.query(query, ResponseTypes.multipleInstancesOf(type)).join();
    }
}
