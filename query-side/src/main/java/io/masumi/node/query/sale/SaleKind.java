package io.masumi.node.query.sale;

import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseId;
import java.util.Locale;

/** Which side's record of a sale: the seller's payment or the buyer's purchase. */
public enum SaleKind {

    Payment,
    Purchase;

    /** Id of the record of that identifier. */
    public String idOf(BlockchainIdentifier identifier) {
        return switch (this) {
            case Payment -> PaymentId.of(identifier).value();
            case Purchase -> PurchaseId.of(identifier).value();
        };
    }

    /** The error as the wire shows it: its payments know no InsufficientFunds. Null for null. */
    ErrorType shown(ErrorType type) {
        return this == Payment && type == ErrorType.InsufficientFunds ? ErrorType.Unknown : type;
    }

    String table() {
        return word() + "_view";
    }

    /** As sentences call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
