package io.masumi.node.devnet.http;

/** Ends a request with an error body as Blockfrost writes it: status_code, error, message. */
public final class HttpError extends RuntimeException {
    private final int status;
    private final String error;

    public HttpError(int status, String error, String message) {
        super(message);
        this.status = status;
        this.error = error;
    }

    public static HttpError notFound() {
        return new HttpError(404, "Not Found", "The requested component has not been found.");
    }

    /** No such path, or not by this method: Blockfrost does not call that 404, which is for things that are not on the chain. */
    public static HttpError invalidPath() {
        return badRequest("Invalid path. Please check https://docs.blockfrost.io/");
    }

    public static HttpError badRequest(String message) {
        return new HttpError(400, "Bad Request", message);
    }

    public int status() {
        return status;
    }

    public String error() {
        return error;
    }
}
