using SearchCluster.Cli.Failures;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Connection;

/// <summary>Finds the access token: option, environment, state folder, personal configuration.</summary>
internal sealed class TokenFinder(Func<string, string?> variable)
{
    private const int LongestFile = 4096;

    /// <summary>The token, or null when none is configured.</summary>
    /// <param name="tokenFile">What the command line says, or null.</param>
    /// <param name="state">The state folder.</param>
    /// <exception cref="CliException">A source was named and holds no token.</exception>
    public string? Find(string? tokenFile, StateFolder state)
    {
        if (tokenFile is not null)
        {
            return ReadFile(tokenFile, "--token-file");
        }

        if (variable("SEARCHCLUSTER_TOKEN") is { Length: > 0 } text)
        {
            return Parse(text, "$SEARCHCLUSTER_TOKEN");
        }

        if (variable("SEARCHCLUSTER_TOKEN_FILE") is { Length: > 0 } file)
        {
            return ReadFile(file, "$SEARCHCLUSTER_TOKEN_FILE");
        }

        if (File.Exists(state.TokenFile))
        {
            // One that a person names may be a pipe of the shell.
            StateFile.Require(state.TokenFile);
            return ReadFile(state.TokenFile, "the state folder");
        }

        var personal = Path.Combine(
            System.Environment.GetFolderPath(System.Environment.SpecialFolder.ApplicationData), "searchcluster", "token");
        return File.Exists(personal) ? ReadFile(personal, "the personal configuration") : null;
    }

    private static string ReadFile(string file, string source)
    {
        try
        {
            var info = new FileInfo(file);
            return Parse(info.Length <= LongestFile ? File.ReadAllText(file) : string.Empty, $"{source} ({SafeText.Of(file)})");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(
                ExitCodes.NotAllowed,
                $"The token file {SafeText.Of(file)} cannot be read: {SafeText.Of(exception.Message)}",
                Help,
                ProblemCodes.Unauthenticated);
        }
    }

    private static string Parse(string text, string source) => AccessToken.TryParse(text, out var token)
        ? token.Value
        : throw new CliException(
            ExitCodes.NotAllowed,
            $"What {source} holds is not a token: they start with {AccessToken.Prefix} and end with a checksum.",
            Help,
            ProblemCodes.Unauthenticated);

    private const string Help =
        "give it with --token-file FILE, $SEARCHCLUSTER_TOKEN or $SEARCHCLUSTER_TOKEN_FILE; the coordinator keeps it in its state folder, "
            + "file token";
}
