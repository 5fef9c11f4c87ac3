using System.Net;
using SearchCluster.Contracts;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Options;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Joining;

namespace SearchCluster.Coordinator.Service;

/// <summary>Where machines join the cluster of this coordinator, if its state folder has an authority.</summary>
internal sealed partial class JoinDesk(CoordinatorOptions options, ILogger<JoinDesk> log) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly JoinAttempts _attempts = new(options.Clock);
    private CertificateAuthority? _authority;
    private Admission? _admission;

    /// <summary>The certificate of the authority, in PEM form. Everybody may have it; who joins compares its hash with the token.</summary>
    /// <exception cref="SearchServiceException">There is no authority, or it cannot be used.</exception>
    public string Authority() => Guarded(() => Open().Authority.CertificateText);

    /// <summary>Certifies a machine that comes with a token.</summary>
    /// <param name="from">Where it calls from.</param>
    /// <param name="token">As it was sent; null when none was.</param>
    /// <param name="request">What it wants to be.</param>
    /// <exception cref="SearchServiceException">The token or the request is refused.</exception>
    public JoinGrant Admit(IPAddress? from, string? token, JoinRequest request) => Attempted(from, () =>
    {
        var (authority, admission) = Open();
        var parsed = JoinToken.Parse(token);
        var (certificate, role) = admission.Admit(parsed, request.Request, request.Name, [.. request.Hosts]);
        LogJoined(log, request.Name, NodeRoles.Word(role), from, parsed.Id);
        return Grant(authority, certificate, request.Name, role);
    });

    /// <summary>Certifies a member anew.</summary>
    /// <param name="from">Where it calls from.</param>
    /// <param name="request">Its certificate, and the request that its key signed.</param>
    /// <exception cref="SearchServiceException">The certificate or the request is refused.</exception>
    public JoinGrant Renew(IPAddress? from, RenewalRequest request) => Attempted(from, () =>
    {
        var (authority, admission) = Open();
        var (certificate, name, role) = admission.Renew(request.Certificate, request.Request, Signature(request.Signature));
        LogRenewed(log, name, NodeRoles.Word(role), from);
        return Grant(authority, certificate, name, role);
    });

    /// <inheritdoc />
    public void Dispose() => _authority?.Dispose();

    private JoinGrant Grant(CertificateAuthority authority, string certificate, string name, NodeRole role) => new(
        certificate,
        authority.CertificateText,
        name,
        NodeRoles.Word(role),
        ProductVersion.Current,
        options.Clock.GetUtcNow(),
        CoordinatorEndpoint.TryRead(options.StateFolder)?.ClusterAddress);

    private static byte[] Signature(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes[..length]
            : throw Problems.Parameter("signature is no text in base64; sign the bytes of request with the key of the certificate.");
    }

    private T Attempted<T>(IPAddress? from, Func<T> attempt)
    {
        if (_attempts.MustWait(from))
        {
            throw Problems.New(
                "Too many attempts failed.",
                StatusCodes.Status429TooManyRequests,
                SecurityCodes.TooManyAttempts,
                $"{JoinAttempts.Most} attempts to join from {from} failed within {Durations.Of(JoinAttempts.Span)}. Wait as long, then try "
                    + "again with the right token.");
        }

        try
        {
            return Guarded(attempt);
        }
        catch (SearchServiceException refused) when (refused.Problem.Status == StatusCodes.Status401Unauthorized)
        {
            _attempts.Failed(from);
            LogRefused(log, from, refused.Message);
            throw;
        }
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (TrustException refused)
        {
            if (refused.Code == SecurityCodes.AuthorityUnusable)
            {
                LogUnusable(log, refused.Message);
            }

            throw Of(refused);
        }
    }

    private static SearchServiceException Of(TrustException refused) => refused.Code switch
    {
        SecurityCodes.TokenRefused or SecurityCodes.NotRenewed =>
            Problems.New("The machine is not let in.", StatusCodes.Status401Unauthorized, refused.Code, refused.Message),
        SecurityCodes.NotCertified => Problems.New(
            "No certificate is given for this.", StatusCodes.Status422UnprocessableEntity, refused.Code, refused.Message),

        // Its message names files of this machine, which is nothing for strangers.
        _ => Problems.New(
            "The authority of the cluster cannot be used.",
            StatusCodes.Status503ServiceUnavailable,
            refused.Code,
            "The coordinator's log has the details; searchcluster doctor on its machine tells them, too."),
    };

    // Made by a command perhaps while the coordinator runs, so it is looked for until it is there.
    private (CertificateAuthority Authority, Admission Admission) Open()
    {
        lock (_gate)
        {
            if (_authority is null || _admission is null)
            {
                var folder = options.StateFolder.AuthorityFolder;
                if (!CertificateAuthority.Exists(folder))
                {
                    throw Problems.New(
                        "This coordinator has no authority.",
                        StatusCodes.Status404NotFound,
                        SecurityCodes.AuthorityUnusable,
                        "No machine can join it. searchcluster token create on its machine makes the authority and a token.");
                }

                _authority = CertificateAuthority.Open(folder, options.Clock);
                _admission = new Admission(_authority, new JoinTokens(_authority, options.Clock), options.Clock);
            }

            return (_authority, _admission);
        }
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Information, Message = "{Name} joined as {Role} from {Address} with the token {Token}")]
    private static partial void LogJoined(ILogger logger, string name, string role, IPAddress? address, string token);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "{Name} ({Role}) renewed its certificate from {Address}")]
    private static partial void LogRenewed(ILogger logger, string name, string role, IPAddress? address);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Refused to let {Address} join: {Reason}")]
    private static partial void LogRefused(ILogger logger, IPAddress? address, string reason);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "No machine can join: {Reason}")]
    private static partial void LogUnusable(ILogger logger, string reason);
}
