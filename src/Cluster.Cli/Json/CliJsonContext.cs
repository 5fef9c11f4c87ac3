using System.Text.Json.Serialization;
using SearchCluster.Cli.Json.Data;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Contracts.Api;
using SearchCluster.Specs;

namespace SearchCluster.Cli.Json;

/// <summary>Source-generated JSON for the documents of the command line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(ClusterDocument))]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(TrialsDocument))]
[JsonSerializable(typeof(JournalDocument))]
[JsonSerializable(typeof(SalvageDocument))]
[JsonSerializable(typeof(RebuildDocument))]
[JsonSerializable(typeof(BestDocument))]
[JsonSerializable(typeof(EnsembleDocument))]
[JsonSerializable(typeof(EvaluateDocument))]
[JsonSerializable(typeof(ExportDocument))]
[JsonSerializable(typeof(ParametersDocument))]
[JsonSerializable(typeof(CommandDocument))]
[JsonSerializable(typeof(TraceDocument))]
[JsonSerializable(typeof(PredictDocument))]
[JsonSerializable(typeof(NumberPredictDocument))]
[JsonSerializable(typeof(ReconstructionDocument))]
[JsonSerializable(typeof(PicturesDocument))]
[JsonSerializable(typeof(ForecastDocument))]
[JsonSerializable(typeof(TextPredictDocument))]
[JsonSerializable(typeof(MaskPredictDocument))]
[JsonSerializable(typeof(DataListDocument))]
[JsonSerializable(typeof(DataDocument))]
[JsonSerializable(typeof(DataVerifyDocument))]
[JsonSerializable(typeof(DataDescribeDocument))]
[JsonSerializable(typeof(WorkloadListDocument))]
[JsonSerializable(typeof(WorkloadDocument))]
[JsonSerializable(typeof(SanityDocument))]
[JsonSerializable(typeof(SpecCheckDocument))]
[JsonSerializable(typeof(SpecExplanation))]
[JsonSerializable(typeof(ParameterExplanation))]
[JsonSerializable(typeof(OptionExplanation))]
[JsonSerializable(typeof(StageExplanation))]
[JsonSerializable(typeof(DoctorDocument))]
[JsonSerializable(typeof(CoordinatorDocument))]
[JsonSerializable(typeof(ImportanceDocument))]
[JsonSerializable(typeof(DependenceDocument))]
[JsonSerializable(typeof(ExplainDocument))]
[JsonSerializable(typeof(PlotDocument))]
[JsonSerializable(typeof(VersionDocument))]
[JsonSerializable(typeof(ErrorCodeDocument))]
[JsonSerializable(typeof(HelpDocument))]
[JsonSerializable(typeof(SpecNewDocument))]
[JsonSerializable(typeof(ParameterValue))]
[JsonSerializable(typeof(SpecProblem))]
[JsonSerializable(typeof(SpecDifference))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(string))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
