namespace SearchCluster.Coordinator.Service;

/// <summary>Stable codes of refusals; a code is never reused.</summary>
public static class ProblemCodes
{
    /// <summary>404: there is no such search.</summary>
    public const string NotFound = "SC4004";

    /// <summary>409: the name exists.</summary>
    public const string NameTaken = "SC4009";

    /// <summary>409: the command does not fit where the search stands.</summary>
    public const string WrongState = "SC4010";

    /// <summary>422: a value is outside its range.</summary>
    public const string OutOfRange = "SC4022";

    /// <summary>404: the search has no trace.</summary>
    public const string NoTrace = "SC4024";

    /// <summary>500: a bug.</summary>
    public const string Unexpected = "SC5000";

    /// <summary>503: the journal could not be written or read.</summary>
    public const string JournalUnavailable = "SC5003";

    /// <summary>503: the searches did not answer in time, or are still being recovered.</summary>
    public const string NotReady = "SC5004";

    /// <summary>401: no token, or another one.</summary>
    public const string Unauthenticated = "SC6001";

    /// <summary>400: a token in the URL.</summary>
    public const string TokenInUrl = "SC6002";

    /// <summary>403: not allowed.</summary>
    public const string Forbidden = "SC6003";

    /// <summary>404: there is no such route.</summary>
    public const string NoRoute = "SC6004";

    /// <summary>405: the route does not take this method.</summary>
    public const string MethodNotAllowed = "SC6005";

    /// <summary>400: the Host header names another host.</summary>
    public const string ForeignHost = "SC6006";

    /// <summary>403: the Origin header names another site.</summary>
    public const string ForeignOrigin = "SC6007";

    /// <summary>400: the body is not the JSON that it should be.</summary>
    public const string MalformedBody = "SC6010";

    /// <summary>400: a parameter of the URL or the body is not what it should be.</summary>
    public const string MalformedParameter = "SC6011";

    /// <summary>413: the body is too large.</summary>
    public const string BodyTooLarge = "SC6013";

    /// <summary>415: the body is not declared as JSON.</summary>
    public const string NotJson = "SC6015";

    /// <summary>400: the request breaks HTTP.</summary>
    public const string MalformedRequest = "SC6019";
}
