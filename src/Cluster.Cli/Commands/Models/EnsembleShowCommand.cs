using System.CommandLine;
using SearchCluster.Artifacts;
using SearchCluster.Cli.Failures;
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
        var folder = await ModelLocator.FindAsync(context, new(parse.GetRequiredValue(_model), "", null, null, false));
        try
        {
            var manifest = EnsembleManifest.Read(folder);
            var report = new EnsembleReport(
                manifest.Members.Select(member => new TrialId(member.Trial)).ToValueArray(),
                manifest.Combine,
                new(manifest.Metrics),
                new(manifest.BestSingle),
                folder,
                manifest.Members.Any(member => member.Weight is null)
                    ? null
                    : manifest.Members.Select(member => member.Weight!.Value).ToValueArray(),
                manifest.Gains is null ? null : new(manifest.Gains),
                manifest.TestRows);
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
            throw new CliException(ExitCodes.InvalidInput, exception.Message, null, exception.Code);
        }
    }
}
