package io.masumi.node.gateway.wallet;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.chain.wallet.FindUtxos;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.http.PaymentAddress;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Views;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigInteger;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What any address holds on chain. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "utxos")
final class AddressController {

    private static final int PAGE = 100;
    private static final String BECH32 = "(addr1|addr_test1)[0-9a-z]+";
    private static final String NOT_BECH32 = "must be a bech32 address";

    private final Views views;

    AddressController(Views views) {
        this.views = views;
    }

    /** In which order outputs come: oldest or newest first. */
    enum Order {
        Asc,
        Desc
    }

    /** @param count 1 to 100, 10 when absent. @param page from 1. @param order newest first when absent */
    record UtxosRequest(@NotNull @Size(max = 150) @Pattern(regexp = BECH32, message = NOT_BECH32) String address, @NotNull Network network,
            @Min(1) @Max(100) Integer count, @Min(1) @Max(100) Integer page, Order order) {

        UtxosRequest {
            count = count == null ? 10 : count;
            page = page == null ? 1 : page;
            order = order == null ? Order.Desc : order;
        }
    }

    record Quantity(String unit, BigInteger quantity) {

        static List<Quantity> of(Funds funds) {
            return funds.amounts().stream().map(each -> new Quantity(each.isLovelace() ? "lovelace" : each.unit(), each.amount())).toList();
        }
    }

    record UtxoItem(String txHash, String address, @JsonProperty("Amounts") List<Quantity> amounts, String dataHash, String inlineDatum,
            String referenceScriptHash, int outputIndex, String block) {

        static UtxoItem of(Utxo utxo) {
            return new UtxoItem(utxo.ref().transactionHash(), utxo.address(), Quantity.of(utxo.value()), utxo.dataHash(),
                    utxo.inlineDatum(), utxo.referenceScriptHash(), utxo.ref().index(), utxo.block());
        }
    }

    record Utxos(@JsonProperty("Utxos") List<UtxoItem> utxos) {}

    @GetMapping("/utxos")
    @Needs(Permission.READ)
    Reply<Utxos> utxos(@Valid @ParameterObject UtxosRequest request, Caller caller) {
        caller.mustUse(request.network());
        PaymentAddress.of("address", request.network(), request.address());
        List<Utxo> found = views.list(new FindUtxos(request.network(), request.address(), request.count(), request.page(),
                request.order() == Order.Desc), Utxo.class);
        return Reply.of(new Utxos(found.stream().map(UtxoItem::of).toList()));
    }

    record BalanceRequest(@NotNull @Size(max = 150) @Pattern(regexp = BECH32, message = NOT_BECH32) String address,
            @NotNull Network network) {}

    record Balance(@JsonProperty("Balance") List<Quantity> balance) {}

    @GetMapping("/balance")
    @Needs(Permission.READ)
    Reply<Balance> balance(@Valid @ParameterObject BalanceRequest request, Caller caller) {
        caller.mustUse(request.network());
        PaymentAddress.of("address", request.network(), request.address());
        Funds sum = Funds.NONE;
        List<Utxo> page;
        int number = 1;
        do {
            page = views.list(new FindUtxos(request.network(), request.address(), PAGE, number++, false), Utxo.class);
            sum = sum.plus(Funds.of(page.stream().<Amount>flatMap(each -> each.value().amounts().stream()).toList()));
        } while (page.size() == PAGE);
        return Reply.of(new Balance(Quantity.of(sum)));
    }
}
