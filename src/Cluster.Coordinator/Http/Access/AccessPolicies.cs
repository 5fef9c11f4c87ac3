using Microsoft.AspNetCore.Authorization;

namespace SearchCluster.Coordinator.Http.Access;

/// <summary>Who may do what over HTTP.</summary>
internal static class AccessPolicies
{
    /// <summary>Has the token, or the certificate of a client, and may do everything.</summary>
    public const string Owner = "owner";

    /// <summary>Shows the certificate of a worker or a coordinator.</summary>
    public const string Member = "member";

    /// <summary>Routes that members may use.</summary>
    public const string ForMembers = "for-members";

    /// <summary>Adds the rules; a route that says nothing is for the owner alone.</summary>
    public static void AddWhoMayWhat(this AuthorizationBuilder builder) => builder
        .AddPolicy(ForMembers, policy => policy.RequireRole(Owner, Member))
        .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(Owner).Build());
}
