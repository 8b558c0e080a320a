//! Names of a part of a run as they are numbered in the whole.
//!
//! Each pattern names every field, so that a field that is added is not forgotten here.

use super::detail::Detail;
use super::item::Item;
use super::passage::Passage;

/// For each name of a part, its number in the whole. No two have the same.
pub(super) struct Numbers(pub(super) Vec<u32>);

impl Numbers {
    pub(super) fn of(&self, name: u32) -> u32 {
        let number = usize::try_from(name).ok().and_then(|at| self.0.get(at));
        number.copied().unwrap_or(name)
    }

    fn each<'n>(&self, names: impl IntoIterator<Item = &'n mut u32>) {
        for name in names {
            *name = self.of(*name);
        }
    }

    fn sets<const N: usize>(&self, sets: [&mut Vec<u32>; N]) {
        for set in sets {
            self.each(set.iter_mut());
            set.sort_unstable();
        }
    }
}

impl Passage {
    /// Gives its names their numbers in the whole.
    pub(super) fn renumber(&mut self, numbers: &Numbers) {
        let Self {
            document: _,
            block: _,
            order: _,
            tokens,
            stems,
            named,
            sources,
            sources_before,
            previous,
            heading,
            labels: _,
            facets: _,
            p_values: _,
            is_summary: _,
            is_opening: _,
            refers_back: _,
            links_to,
            anchors,
            study: _,
            items,
        } = self;
        numbers.each(tokens.iter_mut().map(|token| &mut token.stem));
        numbers.each(anchors);
        numbers.sets([
            stems,
            named,
            sources,
            sources_before,
            previous,
            heading,
            links_to,
        ]);
        for item in items {
            item.renumber(numbers);
        }
    }
}

impl Item {
    fn renumber(&mut self, numbers: &Numbers) {
        let Self {
            figure: _,
            token: _,
            class,
            value: _,
            low: _,
            high: _,
            digits: _,
            end: _,
            interval: _,
            is_count: _,
            is_bare: _,
            head,
            own,
            near,
            next,
            previous,
            before,
            after,
            facets: _,
            rank: _,
            peers: _,
            detail,
        } = self;
        let named = [head, next, previous].into_iter().flatten();
        numbers.each(named.chain([class]).chain(before).chain(after));
        numbers.sets([own, near]);
        detail.renumber(numbers);
    }
}

impl Detail {
    fn renumber(&mut self, numbers: &Numbers) {
        let Self {
            arm,
            measure,
            nested: _,
            spread: _,
            p_value: _,
            is_test: _,
            group,
            part,
            introduces: _,
            link,
        } = self;
        numbers.each([arm, measure, link].into_iter().flatten());
        numbers.sets([group, part]);
    }
}
