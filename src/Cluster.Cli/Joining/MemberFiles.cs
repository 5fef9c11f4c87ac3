using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Authorities;

namespace SearchCluster.Cli.Joining;

/// <summary>The authority of the state folder, for commands that say who is a member.</summary>
internal static class MemberFiles
{
    private const string DefaultName = "cluster";

    /// <summary>Turns what cannot be used into the end of a command.</summary>
    public static Task<int> GuardAsync(Func<int> work)
    {
        try
        {
            return Task.FromResult(work());
        }
        catch (TrustException refused)
        {
            throw new CliException(
                refused.Code switch
                {
                    SecurityCodes.NotIssued => ExitCodes.NotFound,
                    SecurityCodes.TokenRefused or SecurityCodes.NotCertified => ExitCodes.InvalidInput,
                    _ => ExitCodes.NotAllowed,
                },
                refused.Message,
                null,
                refused.Code);
        }
    }

    /// <summary>Where the authority lies.</summary>
    public static string FolderOf(StateFolder state) => state.AuthorityFolder;

    /// <summary>Opens the authority.</summary>
    /// <returns>Null where the state folder has none.</returns>
    public static CertificateAuthority? Find(CommandContext context)
    {
        var folder = FolderOf(StateFolder.Resolve(context.Settings.State));
        return CertificateAuthority.Exists(folder) ? CertificateAuthority.Open(folder, context.Environment.Clock) : null;
    }

    /// <summary>Opens the authority.</summary>
    /// <exception cref="TrustException">There is none, or it cannot be used.</exception>
    public static CertificateAuthority Require(CommandContext context) =>
        CertificateAuthority.Open(FolderOf(StateFolder.Resolve(context.Settings.State)), context.Environment.Clock);

    /// <summary>Opens the authority, or makes one and says so.</summary>
    public static CertificateAuthority Ensure(CommandContext context)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        var folder = FolderOf(state);
        var isNew = !CertificateAuthority.Exists(folder);
        if (isNew)
        {
            MemberFolder.RequireOwn(state, "an authority");
        }

        state.Create();
        var name = System.Environment.MachineName;
        var authority = CertificateAuthority.OpenOrCreate(
            folder, context.Environment.Clock, Security.NodeName.IsValid(name) ? name : DefaultName);
        if (isNew)
        {
            context.Output.Note($"Made the authority of this cluster in {folder}; its key must not leave this machine.");
        }

        return authority;
    }
}
