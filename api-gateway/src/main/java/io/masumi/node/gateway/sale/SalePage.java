package io.masumi.node.gateway.sale;

import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PaymentSourceType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Which payments or purchases to list, newest first.
 *
 * @param limit 1 to 100, 10 when absent
 * @param cursorId id of the record that the page starts with
 * @param filterNeedsManualAction "true" for only those that wait for an operator
 * @param searchQuery matches id, identifier prefix, agent identifier, agent name, result hash, state, amounts
 * @param includeHistory "true" to add all transactions to each record
 */
record SalePage(
        @Min(1) @Max(100) Integer limit,
        @Size(max = 250) String cursorId,
        @NotNull Network network,
        @Size(max = 250) String filterSmartContractAddress,
        OnChainState filterOnChainState,
        PaymentSourceType filterPaymentSourceType,
        @Pattern(regexp = "(?i)true|false|", message = "must be true or false") String filterNeedsManualAction,
        @Size(max = 8000) String searchQuery,
        @Pattern(regexp = "(?i)true|false|", message = "must be true or false") String includeHistory) {

    public SalePage {
        limit = limit == null ? 10 : limit;
    }

    public boolean needsManualAction() {
        return Boolean.parseBoolean(filterNeedsManualAction);
    }

    public boolean withHistory() {
        return Boolean.parseBoolean(includeHistory);
    }
}
