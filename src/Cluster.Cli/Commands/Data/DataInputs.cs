using System.CommandLine;
using SearchCluster.Artifacts.Data;
using SearchCluster.Cli.Data;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Fetching;
using SearchCluster.Cli.Invocation;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Registry;

namespace SearchCluster.Cli.Commands.Data;

/// <summary>What the commands on data have in common.</summary>
internal static class DataInputs
{
    /// <summary>The layout of data.</summary>
    public static Option<string?> Format() => new("--format")
    {
        HelpName = "FORMAT",
        Description = $"Layout: {string.Join(", ", DataFormats.All)}. Default: recognised",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!DataFormats.All.Contains(text, StringComparer.Ordinal))
            {
                result.AddError($"--format is \"{SafeText.Of(text)}\", but must be one of {string.Join(", ", DataFormats.All)}.");
            }

            return text;
        },
    };

    /// <summary>The name of a data set.</summary>
    public static Argument<string> Name(string description) => new("NAME") { Description = description };

    /// <summary>Refuses what is no name.</summary>
    public static string CheckName(string name) => SearchId.IsValid(name)
        ? name
        : throw new CliException(
            ExitCodes.WrongUsage,
            $"\"{SafeText.Of(name)}\" is no name of a data set; use {SearchId.Rule}.",
            "for example: searchcluster data add houses houses.csv",
            CommandCodes.WrongUsage);

    /// <summary>Finds a data set, or says which there are.</summary>
    public static RegisteredData Require(CommandContext context, string name) => context.DataRegistry.Find(name)
        ?? throw new CliException(
            ExitCodes.NotFound,
            $"No data set \"{SafeText.Of(name)}\" is registered in {SafeText.Of(context.DataRegistry.Folder)}."
                + $"{Suggestions.Sentence(name, context.DataRegistry.List().Select(data => data.Name))}",
            $"searchcluster data list shows those that there are; register one: searchcluster data add {SafeText.Of(name)} "
                + $"PATH{(PublicDataSets.All.Any(set => set.Name == name) ? $"   or download it: searchcluster data fetch {name}" : "")}",
            DataCodes.NotRegistered);

    /// <summary>Runs work on data; what is wrong with them becomes an error for people.</summary>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> workAsync)
    {
        try
        {
            return await workAsync();
        }
        catch (DataException exception)
        {
            throw DataFailure.Of(exception);
        }
    }

    /// <summary>Hashes files with progress.</summary>
    public static Task<DataManifest> HashAsync(CommandContext context, string label, string path)
    {
        var total = ManifestReading.SizeOf(path);
        return ByteProgress.RunAsync(
            context,
            label,
            tell => Task.Run(
                () => ManifestReading.Read(path, new Told(done => tell(done, total)), context.Cancellation), context.Cancellation));
    }

    /// <summary>Tells at once and on the caller's thread, which <see cref="Progress{T}"/> does not.</summary>
    public sealed class Told(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
