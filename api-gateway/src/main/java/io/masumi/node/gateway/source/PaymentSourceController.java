package io.masumi.node.gateway.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.source.PaymentSourceQuery.ListPaymentSources;
import io.masumi.node.query.source.PaymentSourceView;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The escrow contracts that this node works with. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "payment-source")
final class PaymentSourceController {

    private final Views views;
    private final ExtendedSources extended;
    private final AddingSources adding;

    PaymentSourceController(Views views, ExtendedSources extended, AddingSources adding) {
        this.views = views;
        this.extended = extended;
        this.adding = adding;
    }

    /** @param cursorId id of the source that the page starts with. @param network null for all, looked at by the extended list only */
    record PageRequest(@Min(1) @Max(100) Integer take, @Size(max = 250) String cursorId, Network network) {

        PageRequest {
            take = take == null ? 10 : take;
        }
    }

    record WalletAddress(String walletAddress) {}

    record AdminWallet(String walletAddress, int order) {

        static List<AdminWallet> of(PaymentSourceView source) {
            List<String> addresses = source.parameters().adminAddresses();
            return IntStream.range(0, addresses.size()).mapToObj(i -> new AdminWallet(addresses.get(i), i)).toList();
        }
    }

    record Source(String id, Instant createdAt, Instant updatedAt, Network network, PaymentSourceType paymentSourceType,
            int requiredAdminSignatures, String policyId, String smartContractAddress, String lastIdentifierChecked, Instant lastCheckedAt,
            @JsonProperty("AdminWallets") List<AdminWallet> adminWallets,
            @JsonProperty("FeeReceiverNetworkWallet") WalletAddress feeReceiverNetworkWallet, int feeRatePermille) {

        static Source of(PaymentSourceView source) {
            return new Source(source.id().value(), source.createdAt(), source.updatedAt(), source.network(), source.type(),
                    source.parameters().requiredAdminSignatures(), source.policyId(), source.smartContractAddress(), null, null,
                    AdminWallet.of(source), new WalletAddress(source.parameters().feeAddress()), source.parameters().feeRatePermille());
        }
    }

    record Sources(@JsonProperty("PaymentSources") List<Source> paymentSources) {}

    @GetMapping("/payment-source")
    @Needs(Permission.READ)
    Reply<Sources> list(@Valid @ParameterObject PageRequest page, Caller caller) {
        return Reply.of(new Sources(find(page).stream().filter(source -> caller.sees(source.network())).map(Source::of).toList()));
    }

    record ExtendedList(@JsonProperty("ExtendedPaymentSources") List<ExtendedSources.Source> extendedPaymentSources) {}

    @GetMapping("/payment-source-extended")
    @Needs(Permission.ADMIN)
    Reply<ExtendedList> listExtended(@Valid @ParameterObject PageRequest page) {
        return Reply.of(new ExtendedList(find(page).stream()
                .filter(source -> page.network() == null || page.network() == source.network()).map(extended::of).toList()));
    }

    @PostMapping("/payment-source-extended")
    @Needs(Permission.ADMIN)
    Reply<ExtendedSources.Source> add(@Valid @RequestBody CreatePaymentSourceRequest body, Caller caller) {
        caller.mustUse(body.network());
        return Reply.of(extended.of(adding.add(body, caller)));
    }

    private List<PaymentSourceView> find(PageRequest page) {
        return views.list(new ListPaymentSources(page.take(), page.cursorId()), PaymentSourceView.class);
    }
}
