using System.Diagnostics;
using SearchCluster.GpuWorker.Memory;

namespace SearchCluster.GpuWorker.Tests.Execution;

public sealed class ProcessMemoryTests
{
    [Fact]
    public void The_total_holds_this_process_and_what_it_started()
    {
        using var program = Process.Start(new ProcessStartInfo("sh", ["-c", "cat; true"]) { RedirectStandardInput = true })!;

        var reading = new ProcessMemory().Read([program.Id])!;

        reading.TotalBytes.ShouldBeGreaterThan(Environment.WorkingSet / 2);
        reading.Of([program.Id]).ShouldBeInRange(1, reading.TotalBytes - 1);
        program.Kill(entireProcessTree: true);
    }

    [Fact]
    public void A_tree_is_the_sum_of_its_processes_whatever_they_are_called()
    {
        var root = Directory.CreateTempSubdirectory().FullName;
        var own = Environment.ProcessId;
        Add(own, 1, 100);
        Add(own + 1, own, 20);
        Add(own + 2, own + 1, 3);
        Add(own + 3, 1, 7_000);

        var reading = new ProcessMemory(root).Read([own + 1, own + 9])!;

        reading.TotalBytes.ShouldBe(123L * Environment.SystemPageSize);
        reading.Of([own + 1]).ShouldBe(23L * Environment.SystemPageSize);
        reading.Of([own + 9]).ShouldBe(0);
        Directory.Delete(root, recursive: true);

        void Add(int process, int parent, int pages)
        {
            Directory.CreateDirectory(Path.Combine(root, $"{process}"));
            File.WriteAllText(
                Path.Combine(root, $"{process}", "stat"),
                $"{process} (a ) S b) S {parent} 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 9 1000 {pages} 18446744073709551615 1");
        }
    }

    [Fact]
    public void Where_nothing_can_be_read_there_is_no_reading() => new ProcessMemory("/nowhere").Read([]).ShouldBeNull();

    [Fact]
    public void Memory_that_nobody_uses_is_given_back()
    {
        var meter = new ProcessMemory();

        Should.NotThrow(meter.Trim);
    }
}
