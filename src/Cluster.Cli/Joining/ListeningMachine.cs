using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;
using SearchCluster.Security.Identities;

namespace SearchCluster.Cli.Joining;

/// <summary>Prepares the machine of a coordinator that others are to join: the authority, and a certificate of its own.</summary>
internal static class ListeningMachine
{
    /// <summary>Makes what is missing, and says so.</summary>
    /// <param name="context">The command.</param>
    /// <param name="state">Of the coordinator to be.</param>
    /// <param name="node">Name of the machine.</param>
    /// <param name="listen">The address that others call.</param>
    /// <returns>The address, in its one spelling.</returns>
    /// <exception cref="CliException">Others cannot call it.</exception>
    /// <exception cref="Security.TrustException">A file cannot be used, or the folder is that of a member of another cluster.</exception>
    public static string Prepare(CommandContext context, StateFolder state, string node, string listen)
    {
        if (NodeAddress.TryParse(listen) is not { } address)
        {
            throw Wrong($"--listen \"{SafeText.Of(listen)}\" {NodeAddress.Misfit(listen)}.");
        }

        if (address.IsLoopback)
        {
            throw Wrong($"--listen is {address}, which only this machine reaches.");
        }

        using var authority = MemberFiles.Ensure(context);
        var (identity, isNew) = OwnCertificate.Ensure(
            authority, state.IdentityFolder, node, Hosts(address), context.Environment.Clock);
        if (isNew)
        {
            context.Output.Note(
                $"Made the certificate of this machine for {string.Join(", ", identity.Hosts)}, until "
                    + $"{identity.Expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC; the coordinator renews it by itself.");
        }

        return address.Text;
    }

    // People also call it by its name.
    private static IReadOnlyList<string> Hosts(NodeAddress address) =>
        NodeAddress.TryParse(System.Environment.MachineName) is { Ip: null } name && name.Host != address.Host
            ? [address.Host, name.Host]
            : [address.Host];

    private static CliException Wrong(string message) => new(
        ExitCodes.WrongUsage,
        message,
        "give the address or the name by which the other machines reach this one, for example --listen 10.0.0.5",
        CommandCodes.WrongUsage);
}
