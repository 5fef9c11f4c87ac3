using System.Globalization;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Tests.State;

[Trait("Promise", "R17")]
public sealed class CoordinatorLockTests
{
    [Fact]
    public void A_second_coordinator_is_told_who_holds_the_folder()
    {
        using var folder = new TemporaryFolder();
        using var held = CoordinatorLock.Acquire(folder.State);

        var refused = Should.Throw<StateFolderLockedException>(() => CoordinatorLock.Acquire(folder.State));

        var holder = refused.Holder.ShouldNotBeNull();
        (holder.ProcessId, holder.Host).ShouldBe((Environment.ProcessId, Environment.MachineName));
        refused.Message.ShouldContain(string.Create(
            CultureInfo.InvariantCulture,
            $"process {holder.ProcessId} on {holder.Host}, since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"));
        refused.Message.ShouldContain($"process {Environment.ProcessId} on {Environment.MachineName}");
        CoordinatorLock.IsHeld(folder.State).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_is_known_by_the_start_of_its_coordinator_and_a_copy_is_not()
    {
        using var folder = new TemporaryFolder();
        using var copy = new TemporaryFolder();
        using var held = CoordinatorLock.Acquire(folder.State, "a1b2");
        copy.State.Create();
        Directory.GetFiles(folder.State.Root, "coordinator.lock*").ToList()
            .ForEach(file => File.WriteAllText(copy.PathOf(Path.GetFileName(file)), $"{Environment.ProcessId} lab\na1b2\n"));

        CoordinatorLock.IsHeldBy(folder.State, "a1b2").ShouldBeTrue();
        CoordinatorLock.IsHeldBy(folder.State, "c3d4").ShouldBeFalse();
        CoordinatorLock.IsHeldBy(copy.State, "a1b2").ShouldBeFalse();
        Should.Throw<StateFolderLockedException>(() => CoordinatorLock.Acquire(folder.State)).Holder
            .ShouldNotBeNull().ProcessId.ShouldBe(Environment.ProcessId);
    }

    [Fact]
    public void The_folder_is_free_after_the_lock_was_let_go()
    {
        using var folder = new TemporaryFolder();
        CoordinatorLock.IsHeld(folder.State).ShouldBeFalse();
        CoordinatorLock.Acquire(folder.State).Dispose();

        CoordinatorLock.IsHeld(folder.State).ShouldBeFalse();
        CoordinatorLock.Acquire(folder.State).Dispose();
    }

    [Fact]
    public void A_lock_file_left_by_a_killed_process_does_not_hold_the_folder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.State.LockFile, "99999 elsewhere\n");

        CoordinatorLock.Acquire(folder.State).Dispose();
    }

    [Fact]
    public async Task Looking_at_the_lock_disturbs_neither_others_who_look_nor_a_coordinator_that_starts()
    {
        using var folder = new TemporaryFolder();
        CoordinatorLock.Acquire(folder.State).Dispose();
        using var stop = new CancellationTokenSource();
        var looker = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                CoordinatorLock.IsHeld(folder.State);
            }
        });

        for (var i = 0; i < 50; i++)
        {
            CoordinatorLock.Acquire(folder.State).Dispose();
        }

        await stop.CancelAsync();
        await looker;
        using var one = new FileStream(folder.State.LockFile, FileMode.Open, FileAccess.Read, FileShare.Read);
        CoordinatorLock.IsHeld(folder.State).ShouldBeFalse();
    }

    [Fact]
    public async Task A_look_of_a_process_that_a_busy_machine_keeps_waiting_is_outwaited()
    {
        using var folder = new TemporaryFolder();
        CoordinatorLock.Acquire(folder.State).Dispose();
        Task<CoordinatorLock> start;
        using (new FileStream(folder.State.LockFile, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            start = Task.Factory.StartNew(
                () => CoordinatorLock.Acquire(folder.State),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            start.IsCompleted.ShouldBeFalse();
        }

        (await start.Patiently()).Dispose();
    }
}
