using System.Globalization;
using System.Text;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Cli.Export;

/// <summary>Tells how an exported model is used: lines that run as they stand there.</summary>
internal static class ModelLoading
{
    /// <summary>Appends the chapters of the model card.</summary>
    public static void Append(StringBuilder text, string type, string source, string file, ExportedWeights weights)
    {
        text.Append(string.Create(CultureInfo.InvariantCulture, $"## Command line\n\n```\n{CommandOf(source, weights)}\n```\n\n"));
        text.Append(string.Create(
            CultureInfo.InvariantCulture,
            $"## C#\n\nWith projects Cluster.Models and TorchSharp-cpu, raw {InputsOf(weights)} in, predictions "
                + $"out:\n\n```csharp\n{SnippetOf(type, source, weights)}\n```\n\n"));
        text.Append(string.Create(
            CultureInfo.InvariantCulture,
            $"## Python\n\nThe tensors have the names that PyTorch gives to the layers:\n\n```python\nfrom safetensors import "
                + $"safe_open\n\nwith safe_open(\"{file}\", framework=\"pt\") as file:\n    state = {{name: file.get_tensor(name) for name "
                + $"in file.keys()}}\n    preprocessing = file.metadata()[\"preprocessing\"]\n    target_scaling = "
                + $"file.metadata()[\"targetScaling\"]\n```\n\n"));
        text.Append(
            "`load_state_dict(state)` of a module of yours with the layers below takes them; its inputs are prepared as `preprocessing` "
                + "says. ");
        text.Append(weights.Shape.TargetNames.Count > 0
            ? "The network answers scaled numbers: number k is `answer[k] * deviation[k] + mean[k]` of `targetScaling`.\n\n"
            : "`targetScaling` is empty: the network answers no numbers that were scaled.\n\n");
        text.Append("| tensor | type | shape |\n| --- | --- | --- |\n");
        foreach (var tensor in weights.Tensors)
        {
            text.Append(string.Create(
                CultureInfo.InvariantCulture, $"| `{tensor.Name}` | {tensor.Type} | {string.Join(" × ", tensor.Shape)} |\n"));
        }
    }

    private static bool IsText(ExportedWeights weights) => weights.Shape.Symbols is not null;

    private static bool IsImages(ExportedWeights weights) => weights.Shape.Input.Count == 3 && weights.Shape.Columns.Count == 0;

    private static bool IsOfUser(ExportedWeights weights) => WorkloadCatalog.Default.Find(weights.Workload) is null;

    private static string InputsOf(ExportedWeights weights) => IsText(weights) ? "text" : IsImages(weights) ? "images" : "rows";

    private static string CommandOf(string source, ExportedWeights weights) =>
        $"searchcluster predict {source} {(IsText(weights) ? "input.txt" : IsImages(weights) ? "images -o answers" : "rows.csv")}"
            + $"{(IsOfUser(weights) ? " --workloads MyWorkload.dll" : "")}";

    // Whole programs: a test compiles them.
    private static string SnippetOf(string type, string source, ExportedWeights weights)
    {
        var load = $"using var model = "
            + $"{type}.Load(\"{source}\"{(IsOfUser(weights) ? ", WorkloadCatalog.Default.With([\"MyWorkload.dll\"])" : "")});";
        string[] usings =
        [
            .. IsImages(weights)
                ? ["using SearchCluster.Models.Data.Images;"]
                : IsText(weights) ? [] : (string[])["using SearchCluster.Models.Data.Tables.Csv;"],
            "using SearchCluster.Models.Ensembles.Predictors;",
            .. IsOfUser(weights) ? (string[])["using SearchCluster.Models.Workloads;"] : [],
        ];
        string[] use = IsText(weights) ? ["var probabilities = model.PredictNext([File.ReadAllText(\"input.txt\")]);"]
            : IsImages(weights) ? ["var predictions = model.Predict(ImageRows.Read(\"images\", model.Shape));"]
            :
            [
                "using var rows = File.OpenRead(\"rows.csv\");",
                "var predictions = model.Predict(CsvTable.Read(rows, \"rows.csv\", model.Preprocessing.Reading));",
            ];
        return string.Join('\n', [.. usings, "", load, .. use]);
    }
}
