package io.masumi.node.gateway.source;

import io.masumi.node.chain.source.ReferenceScriptRequest;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.gateway.access.Caller;
import io.masumi.node.gateway.access.Needs;
import io.masumi.node.gateway.access.Permission;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.http.Reply;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.source.PaymentSourceQuery.FindPaymentSource;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.PaymentSourceId;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Outputs that carry a payment source's scripts, so that transactions need not: an offer of ours beyond the wire contract. */
@RestController
@RequestMapping("/api/v1/payment-source-extended/reference-script")
@Tag(name = "payment-source")
final class ReferenceScriptController {

    private final Commands commands;
    private final Views views;
    private final ExtendedSources sources;

    ReferenceScriptController(Commands commands, Views views, ExtendedSources sources) {
        this.commands = commands;
        this.views = views;
        this.sources = sources;
    }

    record Output(@NotNull @Pattern(regexp = "[0-9a-fA-F]{64}", message = "must be 64 hex digits") String txHash,
            @NotNull @Min(0) @Max(65_535) Integer outputIndex) {

        OutputRef ref() {
            return new OutputRef(txHash.toLowerCase(Locale.ROOT), outputIndex);
        }
    }

    /**
     * @param script the escrow's when absent
     * @param walletVkey hex key hash of the hot wallet that pays the deposit, any of the source's when absent
     * @param output one that carries the script already: nothing is deployed then
     */
    record DeployRequest(@NotNull @Size(max = 250) String id, ContractScript script,
            @Pattern(regexp = "[0-9a-fA-F]{56}", message = "must be 56 hex digits") String walletVkey, @Valid Output output) {

        ReferenceScriptRequest request(Caller caller) {
            PaymentSourceId sourceId = new PaymentSourceId(id);
            return output != null
                    ? new ReferenceScriptRequest.Adopt(sourceId, orEscrow(script), output.ref(), caller.requester())
                    : new ReferenceScriptRequest.Deploy(sourceId, orEscrow(script),
                            walletVkey == null ? null : walletVkey.toLowerCase(Locale.ROOT), caller.requester());
        }
    }

    /** Deploys a reference script, or takes up one that is there. */
    @PostMapping
    @Needs(Permission.ADMIN)
    Reply<ExtendedSources.Source> deploy(@Valid @RequestBody DeployRequest body, Caller caller) {
        return send(body.request(caller), caller);
    }

    /** @param script the escrow's when absent */
    record RetireRequest(@NotNull @Size(max = 250) String id, ContractScript script) {}

    /** Stops using a reference script and takes its deposit back. */
    @DeleteMapping
    @Needs(Permission.ADMIN)
    Reply<ExtendedSources.Source> retire(@Valid @RequestBody RetireRequest body, Caller caller) {
        return send(new ReferenceScriptRequest.Retire(new PaymentSourceId(body.id()), orEscrow(body.script()), caller.requester()), caller);
    }

    private static ContractScript orEscrow(ContractScript script) {
        return script == null ? ContractScript.Escrow : script;
    }

    private Reply<ExtendedSources.Source> send(ReferenceScriptRequest request, Caller caller) {
        FindPaymentSource find = new FindPaymentSource(request.sourceId());
        caller.mustUse(views.one(find, PaymentSourceView.class)
                .orElseThrow(() -> Problem.notFound("There is no payment source " + request.sourceId())).network());
        long version = commands.send(request, caller.requester());
        return Reply.of(sources.of(views.atLeast(find, PaymentSourceView.class, PaymentSourceView::version, version)));
    }
}
