using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SearchCluster.Hosting.State;
using SearchCluster.Security;

namespace SearchCluster.Coordinator.Http.Access;

/// <summary>Lets in who knows the state folder's token, given in the <c>Authorization</c> header; and without one who shows a certificate of
/// the cluster: clients as if they had the token, workers and coordinators for what members may do.</summary>
internal sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Lazy<AccessToken> token,
    HttpHosts hosts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme, in the header as well.</summary>
    public const string Bearer = "Bearer";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // What is open to everybody may bring a token of another kind.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return Task.FromResult(ByCertificate(Context.Connection.ClientCertificate));
        }

        if (!header.StartsWith(Bearer + " ", StringComparison.OrdinalIgnoreCase))
        {
            Context.Features.Set(
                new RefusedToken("The Authorization header is of another kind.", "It does not begin with \"Bearer\" and a blank."));
            return Task.FromResult(AuthenticateResult.Fail("another scheme"));
        }

        if (!token.Value.Matches(header[(Bearer.Length + 1)..].Trim()))
        {
            Context.Features.Set(new RefusedToken(
                "The token is not accepted.",
                "A token was sent, but it is not that of this coordinator: another state folder's, an older one, or cut off."));
            return Task.FromResult(AuthenticateResult.Fail("another token"));
        }

        return Task.FromResult(Success(AccessPolicies.Owner));
    }

    private AuthenticateResult ByCertificate(X509Certificate2? shown) => hosts.RoleOf(shown) switch
    {
        null => AuthenticateResult.NoResult(),
        NodeRole.Client => Success(AccessPolicies.Owner),
        _ => Success(AccessPolicies.Member, shown!.GetNameInfo(X509NameType.SimpleName, forIssuer: false)),
    };

    private AuthenticateResult Success(string role, string? name = null)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], Scheme.Name);
        if (name is not null)
        {
            identity.AddClaim(new Claim(ClaimTypes.Name, name));
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] =
            Context.Features.Get<RefusedToken>() is null ? Bearer : Bearer + " error=\"invalid_token\"";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}

/// <summary>Why what a request brought to show who it is was not accepted; it tells nothing of the token itself.</summary>
/// <param name="Title">What is wrong.</param>
/// <param name="Detail">More, as sentences.</param>
internal sealed record RefusedToken(string Title, string Detail);
