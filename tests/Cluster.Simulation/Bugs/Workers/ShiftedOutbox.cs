using SearchCluster.GpuWorker.Outbox;

namespace SearchCluster.Simulation.Bugs.Workers;

/// <summary>Numbers what it finds in the outbox one too high.</summary>
internal sealed class ShiftedOutbox : PlantedBug
{
    public override string Description => "reports that are taken up from the outbox have a number one too high";

    public override void Starting(string folder)
    {
        var path = Path.Combine(folder, "outbox.bin");
        if (!File.Exists(path))
        {
            return;
        }

        var bytes = File.ReadAllBytes(path);
        var magic = OutboxFrames.Magic.Length;
        var shifted = bytes.Length < magic ? [] : OutboxFrames.Decode(bytes.AsSpan(magic), out _).SelectMany(stored => OutboxFrames.Encode(
            stored with
            {
                Outcome = stored.Outcome with { Seq = stored.Outcome.Seq + 1 },
                Measurements = stored.Measurements.Select(report => report with { Seq = report.Seq + 1 }).ToValueArray(),
            }));
        File.WriteAllBytes(path, [.. bytes.Take(magic), .. shifted]);
    }
}
