using System.CommandLine;
using SearchCluster.Artifacts;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Fetching;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Predictions;
using SearchCluster.Insight.Reports;
using SearchCluster.Models.Ensembles;

namespace SearchCluster.Cli.Commands.Models;

/// <summary><c>ensemble show MODEL</c>: members, weights, scores and the card of a saved ensemble; needs no coordinator.</summary>
internal sealed class EnsembleShowCommand : CliCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "Name of a search, or a folder with an ensemble" };

    public EnsembleShowCommand()
        : base("show", "Show what a saved ensemble is made of and how good it is", "ensemble show digits", "ensemble show digits --json")
    {
        Add(_model);
        SeeAlso = ["predict", "evaluate"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var found = await ModelLocator.FindAsync(context, new() { Model = parse.GetRequiredValue(_model) });
        try
        {
            var manifest = EnsembleManifest.Read(found.Path);
            var report = new EnsembleReport(
                manifest.Members.Select(member => new TrialId(member.Trial)).ToValueArray(),
                manifest.Combine,
                new(manifest.Metrics),
                new(manifest.BestSingle),
                found.Shown,
                manifest.Members.Any(member => member.Weight is null)
                    ? null
                    : manifest.Members.Select(member => member.Weight!.Value).ToValueArray(),
                manifest.Gains is null ? null : new(manifest.Gains),
                manifest.TestRows);
            WarnOfMissing(context, manifest, found);
            if (context.Output.IsJson)
            {
                context.Output.WriteJson(
                    new EnsembleDocument(manifest.Search, manifest.Method, EnsembleJson.Of(report)!),
                    CliJsonContext.Default.EnsembleDocument);
                return ExitCodes.Done;
            }

            context.Output.Data.WriteLine(SafeText.Of(manifest.Card.Replace("\r", "", StringComparison.Ordinal).Replace('\n', ' ')));
            context.Output.Data.WriteLine();
            EnsembleText.Write(context.Output.Data, report);
            return ExitCodes.Done;
        }
        catch (ArtifactException exception)
        {
            throw ArtifactFailure.Of(exception, place: found.Told);
        }
    }

    // The description says what the ensemble was made of; whether that is still there, only a look tells.
    private static void WarnOfMissing(CommandContext context, EnsembleManifest manifest, FoundModel found)
    {
        string[] gone =
        [
            .. manifest.Members.Select(member => member.File).Distinct(StringComparer.Ordinal)
                .Where(file => !File.Exists(Path.Combine(found.Path, Path.GetFileName(file)))),
        ];
        if (gone.Length > 0)
        {
            context.Output.Warn(
                $"The ensemble cannot predict: {string.Join(", ", gone.Select(file => SafeText.Of(file)))} of {SafeText.Of(found.Shown)} "
                    + $"{(gone.Length == 1 ? "is" : "are")} gone; {manifest.Remedy}.");
        }
    }
}
