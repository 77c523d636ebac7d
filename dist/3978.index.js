export const id=3978;export const ids=[3978];export const modules={1597:((e,t,n)=>{n.d(t,{defaults:()=>r.n});var r=n(5060)})};
