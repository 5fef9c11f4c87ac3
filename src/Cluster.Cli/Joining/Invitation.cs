using System.Text;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Security.Joining;

namespace SearchCluster.Cli.Joining;

/// <summary>Where to join, and with which token, as far as somebody said.</summary>
/// <param name="Address">Null where nobody did.</param>
/// <param name="Token">Null where nobody did.</param>
internal sealed record Invitation(JoinAddress? Address, JoinToken? Token)
{
    /// <summary>Holds both, as one line.</summary>
    public const string Variable = "SEARCHCLUSTER_JOIN";

    private const int LongestText = 4096;
    private const string Command = "join";

    /// <summary>Brings together what was said: the command line before the file, the file before the environment.</summary>
    /// <param name="context">The environment.</param>
    /// <param name="address">Of the command line.</param>
    /// <param name="token">Of the command line.</param>
    /// <param name="file">With a line as <c>token create</c> prints it; <c>-</c> is standard input.</param>
    /// <exception cref="CliException">A part of it is not what it should be.</exception>
    /// <exception cref="Security.TrustException">The token is mistyped.</exception>
    public static async Task<Invitation> FindAsync(CommandContext context, string? address, string? token, string? file)
    {
        var written = file is null ? null : Parse(await ReadAsync(context, file), $"--from {SafeText.Of(file)}");
        var given = context.Environment.Variable(Variable) is { Length: > 0 } text ? Parse(text, "$" + Variable) : null;
        return new(
            address is null ? written?.Address ?? given?.Address : AddressOf(address, "The address"),
            token is null ? written?.Token ?? given?.Token : JoinToken.Parse(token));
    }

    /// <summary>Reads a line: an address and a token, or the whole command with both.</summary>
    private static Invitation Parse(string text, string source)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var token = words.FirstOrDefault(word => word.StartsWith(JoinToken.Prefix + ".", StringComparison.Ordinal));
        var address = words.SkipWhile(word => word != Command).Skip(1).Concat(words).FirstOrDefault(
            word => word != token && word is not ("searchcluster" or Command or "--token"));
        return new(address is null ? null : AddressOf(address, source), token is null ? null : JoinToken.Parse(token));
    }

    // What is no address may be a secret of another kind, so it is not shown where it came from a file or the environment.
    private static JoinAddress AddressOf(string text, string source) => JoinAddress.TryParse(text, out var address)
        ? address
        : throw new CliException(
            ExitCodes.WrongUsage,
            text.StartsWith(JoinToken.Prefix + ".", StringComparison.Ordinal)
                ? $"{source} is a token, but must be {JoinAddress.Rule}; the token goes behind --token."
                : source[0] is '-' or '$'
                ? $"{source} holds neither an address nor a token, but must hold both, as searchcluster token create prints them."
                : $"{source} is \"{SafeText.Of(text)}\", but must be {JoinAddress.Rule}.",
            "searchcluster token create, on the coordinator's machine, prints the whole line",
            CommandCodes.WrongUsage);

    private static async Task<string> ReadAsync(CommandContext context, string file)
    {
        if (file == "-")
        {
            return Encoding.UTF8.GetString(await StandardInput.ReadAsync(context, "line for joining", LongestText));
        }

        try
        {
            using var reader = new StreamReader(context.FullPath(file));
            var buffer = new char[LongestText];
            return new string(buffer, 0, await reader.ReadBlockAsync(buffer, context.Cancellation));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CliException(
                ExitCodes.WrongUsage, $"--from {SafeText.Of(file)} cannot be read: {refused.Message}", null, CommandCodes.WrongUsage);
        }
    }
}
